/** The page begins here: what is to be seen first, then the data and the run that was at work before. */
import { render } from "preact";
import { install } from "./offline/install.ts";
import { App } from "./page/App.tsx";
import { experimentIn } from "./recipe/link.ts";
import { begin, takeUp, tell, tellLacks } from "./state/actions.ts";
import { dataChoice, keptRuns } from "./state/state.ts";
import { keptIn } from "./storage/database.ts";
import { say } from "./texts/language.ts";

render(<App />, document.getElementById("page")!);

async function start(): Promise<void> {
  keptRuns.value = await keptIn();
  const link = experimentIn(location.hash);
  if (link?.experiment) {
    history.replaceState(null, "", location.pathname + location.search);
    await begin(link.experiment);
    return;
  }
  if (!(await takeUp())) await begin({ data: dataChoice.value });
  if (link) tell("link", say.value.reproduce.badLink(link.reason));
}

void start()
  .then(install)
  .then((stays) => stays && tellLacks());
