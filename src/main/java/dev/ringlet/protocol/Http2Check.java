package dev.ringlet.protocol;

import dev.ringlet.config.Headers;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@link RequestCheck} is for HTTP/1: requests that are malformed (RFC 9113, section 8.1.1)
 * are answered with what is wrong with them. Those whose names are wrong do not come so far; their
 * streams are reset.
 */
final class Http2Check extends Http2FrameListenerDecorator {
  /** What checks a connection; after a live reload it is of the code before that. */
  private static final AttributeKey<Object> OF_CONNECTION =
      AttributeKey.valueOf("ringlet.http2-check");

  /** What each field of a head takes besides its text (RFC 9113, section 6.5.2). */
  private static final int FIELD = 32;

  private static final Set<String> SCHEMES = Set.of("http", "https");

  /** The stream that is being opened, if it is refused. */
  private int refused;

  private Optional<ApiException> fault = Optional.empty();

  private final Http2ConnectionDecoder decoder;
  private final StreamHeads heads;

  private Http2Check(Http2ConnectionDecoder decoder, StreamHeads heads) {
    super(decoder.frameListener());
    this.decoder = decoder;
    this.heads = heads;
  }

  /** Into a connection, if it is of HTTP/2 and has none yet. */
  static void put(Channel channel, LongHeads all) {
    Http2ConnectionHandler http2 = channel.pipeline().get(Http2ConnectionHandler.class);
    if (http2 != null && !(channel.attr(OF_CONNECTION).get() instanceof Http2Check)) {
      StreamHeads heads = new StreamHeads(all);
      http2.connection().addListener(heads);
      put(channel, http2.decoder(), heads);
    }
  }

  private static void put(Channel channel, Http2ConnectionDecoder decoder, StreamHeads heads) {
    Http2Check check = new Http2Check(decoder, heads);
    channel.attr(OF_CONNECTION).set(check);
    decoder.frameListener(check);
  }

  /** With the first settings of a client, the server listens with another one of its own. */
  @Override
  public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings)
      throws Http2Exception {
    super.onSettingsRead(context, settings);
    if (decoder.frameListener() != this) {
      put(context.channel(), decoder, heads);
    }
  }

  /** What is wrong with a request, while it begins. */
  static Optional<ApiException> fault(HttpServerRequest http) {
    return Connections.channel(http).attr(OF_CONNECTION).get() instanceof Http2Check check
            && check.refused == http.streamId()
        ? check.fault
        : Optional.empty();
  }

  /** Whether nothing more of a request comes. That which was upgraded ends behind its head. */
  static boolean hasEnded(HttpServerRequest http) {
    Http2ConnectionHandler http2 =
        Connections.channel(http).pipeline().get(Http2ConnectionHandler.class);
    Http2Stream stream = http2 == null ? null : http2.connection().stream(http.streamId());
    return stream == null
        || (stream.id() != Http2CodecUtil.HTTP_UPGRADE_STREAM_ID
            && !stream.state().remoteSideOpen());
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean end)
      throws Http2Exception {
    super.onHeadersRead(context, stream, checked(stream, headers), padding, end);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int stream,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean end)
      throws Http2Exception {
    super.onHeadersRead(
        context, stream, checked(stream, headers), dependency, weight, exclusive, padding, end);
  }

  private Http2Headers checked(int stream, Http2Headers headers) {
    fault = headers.method() == null ? Optional.empty() : fault(stream, headers); // else trailers
    refused = fault.isPresent() ? stream : 0;
    return fault.isPresent() ? inPlaceOf(headers) : headers;
  }

  private Optional<ApiException> fault(int stream, Http2Headers headers) {
    return heads.begins(stream, size(headers)) ? fault(headers) : Optional.of(noRoom());
  }

  private static ApiException noRoom() {
    return new ApiException(
        ErrorCode.OVERLOADED, "This instance has as much to do as it can; nothing was done.");
  }

  private static long size(Http2Headers headers) {
    long size = 0;
    for (Map.Entry<CharSequence, CharSequence> field : headers) {
      size += field.getKey().length() + field.getValue().length() + FIELD;
    }
    return size;
  }

  private static Http2Headers inPlaceOf(Http2Headers headers) {
    Http2Headers sound =
        new DefaultHttp2Headers()
            .method(headers.method())
            .scheme("http")
            .authority("localhost")
            .path("/");
    CharSequence id = headers.get(Headers.REQUEST_ID.toLowerCase(Locale.ROOT));
    return id == null || !isValue(id)
        ? sound
        : sound.set(Headers.REQUEST_ID.toLowerCase(Locale.ROOT), id);
  }

  private static Optional<ApiException> fault(Http2Headers headers) {
    Optional<ApiException> tooMany = HeadFault.number(headers.size());
    if (tooMany.isPresent()) {
      return tooMany;
    }
    for (Map.Entry<CharSequence, CharSequence> field : headers) {
      if (!isValue(field.getValue())) {
        String name = field.getKey().toString();
        return Optional.of(HeadFault.header(name, "The value of %s is none.".formatted(name)));
      }
    }
    if (headers.scheme() != null && !SCHEMES.contains(headers.scheme().toString())) {
      return Optional.of(HeadFault.header(":scheme", "The scheme is http or https."));
    }
    if (headers.getAll("host").size() > 1) {
      return Optional.of(HeadFault.header("Host", "A request is for one host."));
    }
    return headers.path() == null ? Optional.empty() : HeadFault.target(headers.path().toString());
  }

  /** Section 8.2.1. */
  private static boolean isValue(CharSequence value) {
    int length = value.length();
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c == '\r' || c == '\n' || c == 0) {
        return false;
      }
    }
    return length == 0 || !(isSpace(value.charAt(0)) || isSpace(value.charAt(length - 1)));
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
