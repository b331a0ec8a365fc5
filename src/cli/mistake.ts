/** @file What the one who called a command can put right: said line by line, without a stack. */
export class Mistake extends Error {}
