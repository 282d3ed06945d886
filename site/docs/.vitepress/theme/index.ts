/** VitePress's theme, without its fonts, in the colours and the type of the site. */
import Theme from "vitepress/theme-without-fonts";
import "../../../theme/tokens.css";
import "./style.css";
import "./code.css";

export default {
  extends: Theme,
  enhanceApp() {
    if (typeof document !== "undefined")
      new MutationObserver(nameSearch).observe(document.body, { childList: true });
  },
};

/** The open search calls itself a button, in which there may be no others: it is a dialog. Its signs of keys are pictures, which may have names. */
function nameSearch(): void {
  const search = document.querySelector(".VPLocalSearchBox[role=button]");
  search?.setAttribute("role", "dialog");
  for (const name of ["aria-expanded", "aria-haspopup"]) search?.removeAttribute(name);
  for (const key of search?.querySelectorAll("kbd[aria-label]") ?? []) key.setAttribute("role", "img");
}
