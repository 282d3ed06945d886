// The export list of the kernels: every one the TypeScript layer may call, and the records it writes for them. (Classes become no
// exports of a module; the compiler's warning of it, AS235, is off.)
export * from "./elementwise/activation";
export * from "./elementwise/arithmetic";
export { BroadcastShape } from "./elementwise/broadcast";
export * from "./conv/geometry";
export * from "./gemm/gemm";
export { gemm_packed_f32, pack_f32 } from "./gemm/packed";
export * from "./module";
export * from "./reduction/loss";
export * from "./move";
export * from "./optimizer";
export * from "./pooling/max";
export { PoolGeometry } from "./pooling/windows";
export * from "./random";
export * from "./reduction/reduce";
export {
  log_softmax_backward_f32,
  log_softmax_backward_f32_units,
  log_softmax_f32,
  log_softmax_f32_units,
  softmax_backward_f32,
  softmax_backward_f32_units,
  softmax_f32,
  softmax_f32_units,
} from "./reduction/softmax";
