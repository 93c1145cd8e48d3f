package dev.tollgate.agent.weave;

import java.util.List;

/**
 * A class as its file declares it.
 *
 * @param name as in {@link Class#getName()}
 * @param version of the class file, the major number
 * @param onType the limits that the type carries itself
 */
record ClassDeclarations(
    String name,
    int version,
    boolean isEnum,
    boolean isInterface,
    List<Declaration> onType,
    List<MethodDeclarations> methods) {}
