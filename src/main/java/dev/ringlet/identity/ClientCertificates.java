package dev.ringlet.identity;

import dev.ringlet.access.Caller;
import dev.ringlet.config.AuthConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpConnection;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.x500.X500Principal;

/**
 * Callers by their certificates, which the TLS of the server has verified. What one means is worked
 * out once for each session.
 */
final class ClientCertificates {
  private static final String KEY = "ringlet.caller";

  /** Alternative names that are text: mail addresses, names in DNS, URIs (RFC 5280, 4.2.1.6). */
  private static final Set<Integer> TEXTS = Set.of(1, 2, 6);

  private record Known(SubjectPattern subject, Uni<Caller> caller) {}

  /**
   * What a session's certificate means.
   *
   * @param ends when the certificate does, in milliseconds since 1970
   */
  private record Meaning(Optional<Uni<Caller>> caller, long ends) {}

  private final Refusals refusals;
  private final List<Known> known;

  ClientCertificates(Map<String, AuthConfig.Certificate> config, Refusals refusals) {
    this.refusals = refusals;
    this.known =
        new TreeMap<>(config)
            .entrySet().stream()
                .map(
                    entry ->
                        new Known(
                            SubjectPattern.of(entry.getValue().subject()),
                            Uni.createFrom()
                                .item(Caller.named(entry.getKey(), entry.getValue().roles()))))
                .toList();
  }

  boolean isConfigured() {
    return !known.isEmpty();
  }

  /**
   * Whose the certificate of a connection is, if it has TLS and one. What a request says of its own
   * way, by headers of a proxy, is not asked.
   *
   * @throws ApiException {@link ErrorCode#UNAUTHENTICATED}
   */
  Optional<Uni<Caller>> of(HttpConnection connection) {
    SSLSession session = connection.sslSession();
    return session == null
        ? Optional.empty()
        : certificate(session).map(certificate -> caller(session, certificate));
  }

  private Uni<Caller> caller(SSLSession session, X509Certificate certificate) {
    if (!(session.getValue(KEY) instanceof Meaning)) {
      session.putValue(KEY, meaning(certificate));
    }
    Meaning meaning = (Meaning) session.getValue(KEY);
    if (System.currentTimeMillis() >= meaning.ends()) {
      throw refusals.unauthenticated("The client certificate has expired.");
    }
    return meaning
        .caller()
        .orElseThrow(
            () -> refusals.unauthenticated("The client certificate is of nobody who is known."));
  }

  private static Optional<X509Certificate> certificate(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain[0] instanceof X509Certificate own ? Optional.of(own) : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty(); // it was not asked for, or the client has none
    }
  }

  private Meaning meaning(X509Certificate certificate) {
    List<String> names = names(certificate);
    return new Meaning(
        known.stream()
            .filter(one -> names.stream().anyMatch(one.subject()::matches))
            .findFirst()
            .map(Known::caller),
        certificate.getNotAfter().toInstant().toEpochMilli());
  }

  static List<String> names(X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
    return Stream.concat(Stream.of(subject), alternatives(certificate)).toList();
  }

  private static Stream<String> alternatives(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Stream.empty()
          : names.stream()
              .filter(name -> TEXTS.contains(name.get(0)))
              .map(name -> (String) name.get(1));
    } catch (CertificateParsingException e) {
      return Stream.empty(); // what cannot be read matches nothing
    }
  }
}
