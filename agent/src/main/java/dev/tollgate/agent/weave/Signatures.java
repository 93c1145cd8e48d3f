package dev.tollgate.agent.weave;

import net.bytebuddy.jar.asm.Type;

/** Methods as reports name them. */
final class Signatures {
  private Signatures() {}

  /** {@code send(String,int)}. */
  static String of(String name, String descriptor) {
    StringBuilder text = new StringBuilder(name).append('(');
    String separator = "";
    for (Type parameter : Type.getArgumentTypes(descriptor)) {
      String type = parameter.getClassName();
      text.append(separator).append(type.substring(type.lastIndexOf('.') + 1));
      separator = ",";
    }
    return text.append(')').toString();
  }
}
