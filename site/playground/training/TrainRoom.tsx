/** Where a network is trained: data, network and recipe at the left, what happens at the right. */
import { DataPanel } from "../data/DataPanel.tsx";
import { NetworkPanel } from "../network/NetworkPanel.tsx";
import { Notices } from "../page/Notices.tsx";
import { isNarrow } from "../page/preferences.ts";
import { ModelFiles } from "../recipe/ModelFiles.tsx";
import { RecipePanel } from "../recipe/RecipePanel.tsx";
import { say } from "../texts/language.ts";
import { Views } from "../views/Views.tsx";
import { Transport } from "./Transport.tsx";

export function TrainRoom() {
  const settings = [
    <div key="data" class="column">
      <DataPanel />
    </div>,
    <div key="network" class="column">
      <NetworkPanel />
      <RecipePanel />
      <ModelFiles />
    </div>,
  ];
  const happens = (
    <div key="views" class="column views">
      <Views />
    </div>
  );
  return (
    <>
      <h1 class="unseen">{say.value.page.room.train}</h1>
      <Transport />
      <Notices place="training" />
      <Notices place="engine" />
      <Notices place="storage" />
      <div class="train-room">{isNarrow.value ? [happens, ...settings] : [...settings, happens]}</div>
    </>
  );
}
