/** A worker of our own and the line to it. */
import { AnygradError } from "../errors.ts";
import { type Handlers, Link } from "./messages/link.ts";
import type { PageMethods, TrainerMethods } from "./messages/protocol.ts";
import { spawn } from "./spawn.ts";

export interface Connection {
  readonly link: Link<TrainerMethods, PageMethods>;
  /** Ends the worker; calls that wait fail with this error, and so do later ones. */
  close(error: AnygradError): void;
}

/** @throws AnygradError UNSUPPORTED where there are no workers */
export async function connect(handlers: Handlers<PageMethods>): Promise<Connection> {
  const port = await spawn({
    receive: (message) => link.receive(message),
    lose: (reason) =>
      link.break(
        new AnygradError(
          "WORKER",
          `inWorker: the worker has ended (${reason}); make the model again by inWorker`,
        ),
      ),
  });
  const link: Connection["link"] = new Link(port, handlers);
  return {
    link,
    close(error) {
      link.break(error);
      port.terminate();
    },
  };
}
