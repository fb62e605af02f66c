package dev.ringlet.http;

import dev.ringlet.access.Caller;
import dev.ringlet.access.Permissions;
import dev.ringlet.access.Rules;
import dev.ringlet.access.Unlimited;
import dev.ringlet.admission.Call;
import dev.ringlet.config.AuthConfig;
import dev.ringlet.config.Headers;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.cql.RoleGrants;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.Defect;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Deadline;
import dev.ringlet.header.OptionsParser;
import dev.ringlet.identity.Identities;
import dev.ringlet.protocol.ProblemAnswer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Goes before every resource: nothing is done, and nothing of the body is read, until it is known
 * who the caller is and what they may.
 */
@Singleton
final class Authentication {
  /** After CORS, whose preflights have no credentials, and everything else that comes first. */
  private static final int LAST = 100;

  /** Nobody knows who it is, or Cassandra does not tell what their roles may. */
  private static final Set<ErrorCode> DENIED =
      Set.of(ErrorCode.UNAUTHENTICATED, ErrorCode.FORBIDDEN);

  private final Identities identities;
  private final Rules rules;
  private final RoleGrants grants;
  private final OptionsParser options;
  private final AuthConfig config;

  Authentication(
      Identities identities,
      Rules rules,
      RoleGrants grants,
      OptionsParser options,
      RingletConfig config) {
    this.identities = identities;
    this.rules = rules;
    this.grants = grants;
    this.options = options;
    this.config = config.auth();
  }

  void register(@Observes Filters filters) {
    filters.register(this::authenticate, LAST);
  }

  private void authenticate(RoutingContext routing) {
    Call call = Call.of(routing.request());
    Context context = Vertx.currentContext();
    Supplier<Deadline> deadline =
        () -> options.deadline(routing.request().headers().getAll(Headers.PREFER), call.arrived());
    permitted(identities.of(routing.request(), deadline, call.inFlight().room()), deadline)
        .subscribe()
        .with(
            permitted -> resume(context, () -> admit(routing, call, permitted)),
            failure -> resume(context, () -> refuse(routing, Defect.known(failure))));
  }

  private record Permitted(Caller caller, Permissions permissions) {}

  private Uni<Permitted> permitted(Uni<Caller> known, Supplier<Deadline> deadline) {
    return switch (config.permissions()) {
      case ALL -> known.map(caller -> new Permitted(caller, Unlimited.ALL));
      case RULES -> known.map(caller -> new Permitted(caller, rules.of(caller)));
      case GRANTS ->
          known.chain(
              caller -> grants.of(caller.roles(), deadline).map(may -> new Permitted(caller, may)));
    };
  }

  private void admit(RoutingContext routing, Call call, Permitted permitted) {
    if (config.enforce()) {
      call.authenticated(permitted.caller(), permitted.permissions());
    } else {
      call.watched(permitted.caller(), permitted.permissions());
    }
    routing.next();
  }

  private void refuse(RoutingContext routing, ApiException e) {
    Call call = Call.of(routing.request());
    if (DENIED.contains(e.code())) {
      call.exchange().denied(e.code().code());
    }
    if (config.enforce()) {
      ProblemAnswer.send(routing.response(), e);
    } else {
      call.authenticated(Caller.anonymous(List.of()), Unlimited.ALL);
      routing.next();
    }
  }

  /** Where it was known at once, without leaving the thread in between. */
  private static void resume(Context context, Runnable next) {
    if (Vertx.currentContext() == context) {
      next.run();
    } else {
      context.runOnContext(there -> next.run());
    }
  }
}
