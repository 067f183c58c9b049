/** Longest side of what a detector looks at, pixels: a face that fills a third of it is as large as the mesh's input. */
export const FRAME_LONG_SIDE = 480;
