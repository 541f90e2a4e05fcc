/** The version of the items' layout that this build writes and reads. Every item carries it as `v`. */
export const layout = 1;
