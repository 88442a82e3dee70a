/** Characters of the name a person gives a key. By itself, so that the window's box need not carry the contract's schemas. */
export const LONGEST_NAME = 40;
