/** The vocabulary of Tollgate: what a program writes, and what it may catch. */
module dev.tollgate {
  requires static org.jspecify;

  exports dev.tollgate;
}
