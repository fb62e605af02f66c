package dev.ringlet.guard;

import dev.ringlet.access.Permission;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a path points at by each permission that lets the caller reach it: one is enough.
 *
 * @param all the widest first, at least one
 * @param used who is told which of them is used, and may refuse it
 * @param watch who is told what would not have been allowed
 */
public record Targets(
    List<Target> all, Optional<Consumer<Permission>> used, Optional<Watch> watch) {

  /** What a request comes to by one of the permissions. */
  public interface Planned {
    /** What it does and shows: equal to that of another one if that does and shows the same. */
    Object effect();
  }

  /**
   * Looks whether the caller's permissions allow what is let through.
   *
   * @param permitted what these reach
   * @param denied what they do not allow
   */
  public record Watch(Supplier<Targets> permitted, Consumer<ApiException> denied) {
    /** A page token is made for what is let through now; permissions may not be known yet. */
    private static final Set<ErrorCode> SAYS_NOTHING =
        EnumSet.of(ErrorCode.INVALID_PAGE_TOKEN, ErrorCode.SCHEMA_CHANGING);

    void look(Function<Target, ?> planner) {
      try {
        Object unused = permitted.get().look(planner);
      } catch (ApiException e) {
        if (!SAYS_NOTHING.contains(e.code())) {
          denied.accept(e);
        }
      }
    }
  }

  /** For the one permission that there is. */
  public static Targets of(Target target) {
    return new Targets(List.of(target), Optional.empty(), Optional.empty());
  }

  /**
   * @param permissions at least one
   * @throws ApiException what is wrong with the path, or that it is of another's rows: if it is so
   *     for all of them, that of the widest
   */
  public static Targets of(List<Permission> permissions, List<String> keys) {
    if (permissions.size() == 1) {
      return of(Target.of(permissions.get(0), keys)); // most callers
    }
    List<Target> targets = new ArrayList<>();
    ApiException widest = null;
    for (Permission permission : permissions) {
      try {
        targets.add(Target.of(permission, keys));
      } catch (ApiException e) {
        widest = widest == null ? e : widest;
      }
    }
    if (targets.isEmpty()) {
      throw widest;
    }
    return new Targets(targets, Optional.empty(), Optional.empty());
  }

  /**
   * Plans for the widest permission that allows it. If that has been used too often, for another
   * one by which it comes to the same: nobody gets less because they come often.
   *
   * @throws ApiException if none does, that of the widest; or {@link ErrorCode#RATE_LIMITED}
   */
  public <P extends Planned> P plan(Function<Target, P> planner) {
    return planned(planner, (one, other) -> one.effect().equals(other.effect()));
  }

  /** The same of what is several statements. */
  public <P extends Planned> List<P> planAll(Function<Target, List<P>> planner) {
    return planned(planner, (some, others) -> effects(some).equals(effects(others)));
  }

  private static List<Object> effects(List<? extends Planned> plans) {
    return plans.stream().map(Planned::effect).toList();
  }

  /** The same of what is looked at before anything is planned. */
  public <T> T look(Function<Target, T> looker) {
    return planned(looker, (one, other) -> true);
  }

  private <T> T planned(Function<Target, T> planner, BiPredicate<T, T> same) {
    T planned = unwatched(planner, same);
    watch.ifPresent(watching -> watching.look(planner));
    return planned;
  }

  private <T> T unwatched(Function<Target, T> planner, BiPredicate<T, T> same) {
    ApiException refusal = null;
    T limited = null; // of the widest that has been used too often
    for (Target target : all) {
      try {
        T planned = planner.apply(target);
        if (limited == null || same.test(limited, planned)) {
          limited = planned;
          used.ifPresent(counting -> counting.accept(target.permission()));
          return planned;
        }
      } catch (ApiException e) {
        if (e.code() == ErrorCode.OVERLOADED) {
          throw e; // whatever allows it
        }
        refusal = refusal == null || e.code() == ErrorCode.RATE_LIMITED ? e : refusal;
      }
    }
    throw refusal;
  }

  /**
   * The same, of which each use is counted.
   *
   * @param counting throws {@link ErrorCode#RATE_LIMITED} for what has been used too often
   */
  public Targets counted(Consumer<Permission> counting) {
    return new Targets(all, Optional.of(counting), watch);
  }

  public Targets watched(Watch watching) {
    return new Targets(all, used, Optional.of(watching));
  }

  /** The methods that one of them takes and its permission allows, in their usual order. */
  public List<String> methods() {
    return Level.of(all.stream().map(Target::permission).toList(), all.get(0).key().size());
  }

  /**
   * The refusal of a method that none of them takes.
   *
   * @param method its name
   */
  public ApiException methodNotAllowed(String method) {
    return Target.methodNotAllowed(methods(), method).hint(all.get(0).hint(method));
  }
}
