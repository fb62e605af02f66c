package dev.ringlet.identity;

import java.security.Key;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.SimpleJwkFilter;
import org.jose4j.jwk.Use;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The keys that tokens may be signed with. Only what is here is looked at: never a key, or the
 * place of one, that the head of a token has. Making one takes its time, resolving none.
 */
final class KeySet implements VerificationKeyResolver {
  /** Of keys that a token without a key id could mean, so many are tried. */
  private static final int MOST_TRIED = 4;

  private final List<JsonWebKey> keys;
  private final boolean named;

  private KeySet(List<JsonWebKey> keys, boolean named) {
    this.keys = List.copyOf(keys);
    this.named = named;
    // loads what verifies, which takes a tenth of a second: here no event loop waits for it
    boolean unused = AlgorithmFactoryFactory.getInstance().getJwsAlgorithmFactory().isAvailable("");
  }

  /**
   * A JWK set (RFC 7517). Its secrets and the keys of unknown kinds are left out.
   *
   * @throws JoseException if it is none, or nothing is left
   */
  static KeySet ofJwks(String json) throws JoseException {
    List<JsonWebKey> keys =
        parsed(json).getJsonWebKeys().stream().filter(PublicJsonWebKey.class::isInstance).toList();
    if (keys.isEmpty()) {
      throw new JoseException("There is no public key in the key set.");
    }
    return new KeySet(keys, true);
  }

  private static JsonWebKeySet parsed(String json) throws JoseException {
    try {
      return new JsonWebKeySet(json);
    } catch (ClassCastException | JoseException e) {
      throw new JoseException("It is no JWK set.", e);
    }
  }

  /** One key, whatever key id a token has. */
  static KeySet ofKey(Key key) throws JoseException {
    return new KeySet(List.of(JsonWebKey.Factory.newJwk(key)), false);
  }

  /** Whether all keys of another set are in this one. */
  boolean hasAllOf(KeySet other) {
    return keys().containsAll(other.keys());
  }

  private Set<Key> keys() {
    return keys.stream().map(JsonWebKey::getKey).collect(Collectors.toSet());
  }

  @Override
  public Key resolveKey(JsonWebSignature token, List<JsonWebStructure> nesting)
      throws UnresolvableKeyException {
    List<JsonWebKey> fitting = fitting(token);
    if (fitting.isEmpty()) {
      throw new UnresolvableKeyException("unknown key");
    }
    return fitting.stream()
        .limit(fitting.size() == 1 ? 0 : MOST_TRIED)
        .filter(key -> isBy(key, token))
        .findFirst()
        .orElse(fitting.get(0))
        .getKey();
  }

  private List<JsonWebKey> fitting(JsonWebSignature token) throws UnresolvableKeyException {
    SimpleJwkFilter filter = new SimpleJwkFilter();
    try {
      filter.setKty(token.getKeyType());
    } catch (JoseException e) {
      throw new UnresolvableKeyException("unknown algorithm", e);
    }
    filter.setUse(Use.SIGNATURE, SimpleJwkFilter.OMITTED_OKAY);
    filter.setAlg(token.getAlgorithmHeaderValue(), SimpleJwkFilter.OMITTED_OKAY);
    if (named && token.getKeyIdHeaderValue() != null) {
      filter.setKid(token.getKeyIdHeaderValue(), SimpleJwkFilter.VALUE_REQUIRED);
    }
    return filter.filter(keys);
  }

  private static boolean isBy(JsonWebKey key, JsonWebSignature token) {
    try {
      token.setKey(key.getKey());
      return token.verifySignature();
    } catch (JoseException e) {
      return false;
    }
  }
}
