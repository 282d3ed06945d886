const _imports_1 = "/assets/report.CTaMlELD.png";
export {
  _imports_1 as _
};
