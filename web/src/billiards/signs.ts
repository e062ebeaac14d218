/** The symbols of the tab, each in one plain sentence. */
export const TABLE_SENTENCES = {
  N: "The number of cells.",
  M: "The number of disks in a cell.",
  ε: "By how much a hole is narrower than a disk: it is 1 − ε of a disk's width, so that disks meet in it and none passes.",
  T_L: "The temperature of the bath at the left end: the mean energy of its cell when it is drawn.",
  T_R: "The temperature of the bath at the right end: the mean energy of its cell when it is drawn.",
  φ: "How often disks collide through a hole, in a unit of time.",
  E: "The energy of a cell: the sum of its disks' v²/M.",
  e: "The energy of a disk: v²/M.",
} as const;

export type TableSign = keyof typeof TABLE_SENTENCES;
export const TABLE_SIGNS: readonly TableSign[] = ["φ", "E", "e"];
