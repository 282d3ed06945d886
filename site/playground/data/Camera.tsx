/** The camera's picture, where the user allows it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { say } from "../texts/language.ts";

/** @param onVideo gets the element while there is a picture */
export function Camera({ onVideo }: { onVideo(video: HTMLVideoElement | undefined): void }) {
  const { camera: texts } = say.value;
  const video = useRef<HTMLVideoElement>(null);
  const [refused, refuse] = useState<string | undefined>();
  useEffect(() => {
    let stream: MediaStream | undefined;
    let isHere = true;
    void (async () => {
      try {
        if (!navigator.mediaDevices) throw new Error(texts.none);
        stream = await navigator.mediaDevices.getUserMedia({
          video: { width: 480, height: 480, facingMode: "environment" },
        });
        if (!isHere || !video.current) {
          for (const track of stream.getTracks()) track.stop();
          return;
        }
        video.current.srcObject = stream;
        await video.current.play();
        onVideo(video.current);
      } catch (error) {
        const { name, message } = error as Error;
        refuse(
          name === "NotAllowedError"
            ? texts.refused
            : name === "NotFoundError"
              ? texts.none
              : texts.failed(message),
        );
      }
    })();
    return () => {
      isHere = false;
      onVideo(undefined);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, []);
  if (refused) return <p class="notice error">{refused}</p>;
  return <video ref={video} class="pad" muted playsInline aria-label={texts.label} />;
}
