import { train } from "./train.js";

train().then(
  (result) => {
    window.result = result;
  },
  (error) => {
    window.result = { error: `${error.name}: ${error.message}` };
  },
);
