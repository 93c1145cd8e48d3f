package dev.tollgate.agent.weave;

import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Reads one {@code @RateLimited}. Values that the class file leaves out have their defaults. */
final class DeclarationVisitor extends AnnotationVisitor {
  private final List<Declaration> declarations;
  private String limiter = "";
  private long weight = 1;
  private String timeout = "";
  private String fallback = "";
  private long permits;
  private String period = "";
  private long burst;

  private DeclarationVisitor(List<Declaration> declarations) {
    super(Opcodes.ASM9);
    this.declarations = declarations;
  }

  /** Adds to {@code declarations}, or returns null if the annotation is another one. */
  static @Nullable AnnotationVisitor of(String descriptor, List<Declaration> declarations) {
    return switch (descriptor) {
      case Declaration.RATE_LIMITED -> new DeclarationVisitor(declarations);
      case Declaration.RATE_LIMITED_LIST -> new Several(declarations);
      default -> null;
    };
  }

  @Override
  public void visit(String name, Object value) {
    switch (name) {
      case "value" -> limiter = (String) value;
      case "weight" -> weight = (Long) value;
      case "timeout" -> timeout = (String) value;
      case "fallback" -> fallback = (String) value;
      case "permits" -> permits = (Long) value;
      case "period" -> period = (String) value;
      case "burst" -> burst = (Long) value;
      default -> {
        // A member of a later version.
      }
    }
  }

  @Override
  public void visitEnd() {
    declarations.add(new Declaration(limiter, weight, timeout, fallback, permits, period, burst));
  }

  private static final class Several extends AnnotationVisitor {
    private final List<Declaration> declarations;

    Several(List<Declaration> declarations) {
      super(Opcodes.ASM9);
      this.declarations = declarations;
    }

    @Override
    public AnnotationVisitor visitArray(String name) {
      return this;
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(@Nullable String name, String descriptor) {
      return of(descriptor, declarations);
    }
  }
}
