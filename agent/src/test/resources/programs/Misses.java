import dev.tollgate.LimitKey;
import dev.tollgate.RateLimited;
import dev.tollgate.Weight;
import dev.tollgate.limiter.RateLimitConfig;
import dev.tollgate.limiter.RateLimiters;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What can't be limited, or not quite as it asks to be, beside what can. Defines the limiter "count". */
public class Misses {
  abstract static class Abstract {
    @RateLimited("count")
    abstract void abstractMethod();

    @RateLimited("count")
    void besideAbstract() {}
  }

  static class Implementation extends Abstract {
    @Override
    void abstractMethod() {}
  }

  @RateLimited("count")
  interface Face {
    void abstractOfFace();

    default void besideAbstractOfFace() {}
  }

  static class Native {
    @RateLimited("count")
    static native void nativeMethod();

    @RateLimited("count")
    static void besideNative() {}
  }

  static class Suspend {
    @RateLimited("count")
    static Object suspendFunction(int n, kotlin.coroutines.Continuation<String> completion) {
      return "result";
    }

    @RateLimited("count")
    static void takesContinuationFirst(kotlin.coroutines.Continuation<String> c, int n) {}
  }

  static class Async {
    @RateLimited("count")
    static CompletableFuture<String> future() {
      return CompletableFuture.completedFuture("future");
    }

    @RateLimited("count")
    static CompletionStage<String> stage() {
      return CompletableFuture.completedFuture("stage");
    }
  }

  static class Repeated {
    @RateLimited("count")
    @RateLimited("second")
    static void repeated() {}
  }

  @RateLimited("count")
  @RateLimited("second")
  static class RepeatedType {
    public void ofRepeatedType() {}
  }

  static class Parameters {
    @RateLimited("count")
    static void weighted(@Weight String weight) {}

    @RateLimited("count")
    static void keyed(@LimitKey("second") String key, int n) {}

    static void useless(@Weight int weight) {}
  }

  static class Attributes {
    @RateLimited(value = "count", fallback = "instead")
    static void withFallback() {}

    static int instead() {
      return 0;
    }

    @RateLimited(value = "count", timeout = "30")
    static void badTimeout() {}

    @RateLimited(value = "count", timeout = "-1s")
    static void negativeTimeout() {}

    @RateLimited(value = "count", weight = -2)
    static void negativeWeight() {}
  }

  static class Definitions {
    @RateLimited(value = "count", permits = 5)
    static void noPeriod() {}

    @RateLimited(value = "count", permits = -5, period = "1s")
    static void negativePermits() {}

    @RateLimited(value = "count", permits = 5, period = "1")
    static void noUnit() {}

    @RateLimited(value = "count", burst = 3)
    static void onlyBurst() {}

    @RateLimited(value = "twice", permits = 5, period = "1h")
    static void once() {}

    @RateLimited(value = "twice", permits = 6, period = "1h")
    static void contradiction() {}
  }

  static class Synchronized {
    @RateLimited("count")
    synchronized void monitor() {}
  }

  static class Unknown {
    @RateLimited("nobodys")
    static void unknownLimiter() {}
  }

  static void charged(String what, Runnable call) {
    long before = RateLimiters.get("count").stats().admittedRequests();
    String fault = "";
    try {
      call.run();
    } catch (Throwable e) {
      fault = " " + e.getClass().getSimpleName();
    }
    long charged = RateLimiters.get("count").stats().admittedRequests() - before;
    System.out.println(what + " " + charged + fault);
  }

  public static void main(String[] args) throws Exception {
    RateLimiters.register("count", RateLimitConfig.of(1000, Duration.ofHours(1)));
    RateLimiters.register("second", RateLimitConfig.of(1000, Duration.ofHours(1)));
    Implementation implementation = new Implementation();
    charged("abstract", implementation::abstractMethod);
    charged("besideAbstract", implementation::besideAbstract);
    charged("abstractOfFace", () -> ((Face) () -> {}).abstractOfFace());
    charged("besideAbstractOfFace", () -> ((Face) () -> {}).besideAbstractOfFace());
    charged("native", Native::nativeMethod);
    charged("besideNative", Native::besideNative);
    charged("suspend", () -> Suspend.suspendFunction(1, null));
    charged("continuationFirst", () -> Suspend.takesContinuationFirst(null, 1));
    charged("future", () -> Async.future().join().length());
    charged("stage", () -> Async.stage().toCompletableFuture().join());
    charged("repeated", Repeated::repeated);
    charged("repeatedType", () -> new RepeatedType().ofRepeatedType());
    charged("weighted", () -> Parameters.weighted("3"));
    charged("keyed", () -> Parameters.keyed("k", 3));
    charged("fallback", Attributes::withFallback);
    charged("badTimeout", Attributes::badTimeout);
    charged("negativeTimeout", Attributes::negativeTimeout);
    charged("negativeWeight", Attributes::negativeWeight);
    charged("noPeriod", Definitions::noPeriod);
    charged("negativePermits", Definitions::negativePermits);
    charged("noUnit", Definitions::noUnit);
    charged("onlyBurst", Definitions::onlyBurst);
    charged("synchronized", () -> new Synchronized().monitor());
    charged("unknown", Unknown::unknownLimiter);
    charged("old", Old::tooOld);
    charged("seven", Seven::sevenIsEnough);
    charged("sevenType", () -> new SevenType().sevenIsEnough());
    System.out.println("ready");
    System.in.read();
    RateLimiters.register("nobodys", RateLimitConfig.of(1, Duration.ofHours(1)));
    System.out.println("defined");
    System.in.read();
    System.in.read();
    System.exit(0);
  }
}

class Old {
  @RateLimited("count")
  static void tooOld() {}
}

class Seven {
  @RateLimited("count")
  static void sevenIsEnough() {}
}

@RateLimited("count")
class SevenType {
  public int sevenIsEnough() {
    for (int i = 0; i < 3; i++) {
      if (i == 2) {
        return i;
      }
    }
    return 0;
  }
}
