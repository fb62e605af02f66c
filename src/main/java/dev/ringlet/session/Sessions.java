package dev.ringlet.session;

import com.datastax.oss.quarkus.runtime.api.session.QuarkusCqlSession;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.Promise;
import io.quarkus.netty.MainEventLoopGroup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes sessions. Each has a name of its own, and when it has ended, or could not be opened,
 * nothing is left of it: the driver forgets about the metrics of contact points, and its timer
 * waits for event loops that are not the session's.
 */
@Singleton
public final class Sessions {
  /** What the driver calls sessions in its log and metrics, before their number. */
  private static final String PREFIX = "s";

  private static final String TAG = "session";

  private final Instance<CompletionStage<QuarkusCqlSession>> stages;
  private final DriverSettings settings;
  private final DriverLoops loops;
  private final MeterRegistry meters;
  private int made;

  Sessions(
      Instance<CompletionStage<QuarkusCqlSession>> stages,
      DriverSettings settings,
      @MainEventLoopGroup DriverLoops loops,
      MeterRegistry meters) {
    this.stages = stages;
    this.settings = settings;
    this.loops = loops;
    this.meters = meters;
  }

  /**
   * Begins to open one, which is whoever's who asked: to be closed, whatever became of its purpose
   * meanwhile. It is open or has failed within seconds. One at a time may be begun.
   */
  public CompletionStage<QuarkusCqlSession> open() {
    String name = PREFIX + made++;
    Promise<Void> end = loops.newSession();
    CompletionStage<QuarkusCqlSession> opening = build(name);
    boolean unused =
        opening
            .whenComplete(
                (session, failure) -> {
                  if (failure == null) {
                    forgetAfter(session.closeFuture(), name, end);
                  } else {
                    forget(name, end);
                  }
                })
            .toCompletableFuture()
            .isDone();
    return opening;
  }

  /**
   * The extension keeps the session it made last, until it is told to forget it: then the next call
   * makes a new one.
   */
  private CompletionStage<QuarkusCqlSession> build(String name) {
    CompletionStage<QuarkusCqlSession> stage = stages.get();
    stages.destroy(stage);
    try {
      return settings.applyTo(name, stage::toCompletableFuture);
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void forgetAfter(CompletionStage<Void> closed, String name, Promise<Void> end) {
    boolean unused =
        closed.whenComplete((nothing, failure) -> forget(name, end)).toCompletableFuture().isDone();
  }

  private void forget(String name, Promise<Void> end) {
    end.trySuccess(null);
    List<Meter> its =
        meters.getMeters().stream().filter(m -> name.equals(m.getId().getTag(TAG))).toList();
    its.forEach(meters::remove);
  }
}
