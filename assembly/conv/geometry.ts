// The sizes of a convolution, in pixels and channels: written once per shape by the caller, passed as one pointer to every
// pass of every algorithm.

/** x [n, h, w, c] * kernel [kh, kw, c / groups, o] = y [n, oh, ow, o]. A depthwise convolution has c groups. */
@final
@unmanaged
export class Conv2dGeometry {
  /** Images. */
  n: i32;
  /** Height, width and channels of the input. */
  h: i32;
  w: i32;
  c: i32;
  /** Height and width of the kernel. */
  kh: i32;
  kw: i32;
  /** Height and width of the output, and its channels. */
  oh: i32;
  ow: i32;
  o: i32;
  /** Pixels of the input from a window to the next. */
  strideH: i32;
  strideW: i32;
  /** Pixels of the input from a tap of a window to the next. */
  dilationH: i32;
  dilationW: i32;
  /** Zeros before the first row and the first column; what is missing behind the last follows from the sizes. */
  top: i32;
  left: i32;
  /** Groups of channels with kernels of their own. */
  groups: i32;
}
