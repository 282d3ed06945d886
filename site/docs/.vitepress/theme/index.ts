/** VitePress's theme, without its fonts, in the colours and the type of the site. */
import Theme from "vitepress/theme-without-fonts";
import "../../../theme/tokens.css";
import "./style.css";
import "./code.css";

export default Theme;
