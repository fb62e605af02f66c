package dev.ringlet.protocol;

import dev.ringlet.config.Headers;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.Map;
import java.util.Optional;

/**
 * What comes and goes on a connection of HTTP/1, before the server sees it. In the place of a
 * request that is none, the server gets one that is {@link Refused}; of a body that is none, its
 * end. Nothing that comes after it is read.
 *
 * <p>Answers are of HTTP/1.1, whatever the request was (RFC 9110, section 6.2). Clients of HTTP/1.0
 * know no chunks: what has no length ends for them with the connection (RFC 9112, section 6.3).
 */
public final class RequestCheck extends ChannelDuplexHandler {
  /** So many fields most requests have, which count by their text alone. */
  private static final int USUAL = 20;

  private final LongHeads heads;
  private final Pipelined pipelined;
  private HttpRequest current;
  private int unanswered;
  private long read;
  private long kept;
  private boolean over;
  private boolean inBody;
  private long bodyRead;

  RequestCheck(LongHeads heads) {
    this.heads = heads;
    this.pipelined = new Pipelined(heads);
  }

  /** Nothing more is read of what comes, and what was read goes nowhere. */
  void drop() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /** Whether what comes next is of a body. */
  boolean isInBody() {
    return inBody;
  }

  /** How many bytes of the body are to come; below zero if nobody knows. */
  long bodyLeft() {
    return over ? -1 : HttpUtil.getContentLength(current, -1L) - bodyRead;
  }

  /** How many parts of requests have come. */
  long read() {
    return read;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    read++;
    inBody = !(message instanceof LastHttpContent);
    bodyRead = message instanceof HttpContent body ? bodyRead + body.content().readableBytes() : 0;
    if (over) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof HttpRequest request) {
      head(context, request);
    } else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
      brokenBody(context, content);
    } else if (message instanceof HttpContent content
        && !pipelined.more(content.content().readableBytes())) {
      content.release();
      refuse(context);
    } else {
      context.fireChannelRead(message);
    }
  }

  private void head(ChannelHandlerContext context, HttpRequest request) {
    unanswered++;
    if (!keep(request) || !pipelined.begins(unanswered > 1 ? length(request) : 0)) {
      ReferenceCountUtil.release(request);
      refuse(context);
      return;
    }
    Optional<ApiException> fault = HeadFault.of(request);
    if (fault.isEmpty()) {
      current = request;
      RequestLine.normalize(request);
      context.fireChannelRead(request);
      return;
    }
    over = true;
    boolean gone = request.decoderResult().cause() instanceof PrematureChannelClosureException;
    ReferenceCountUtil.release(request);
    if (!gone) {
      context.fireChannelRead(inPlaceOf(request, fault.get()));
      context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  /** A long target counts until all requests before it are answered, and it. */
  private boolean keep(HttpRequest request) {
    int length = request.uri().length();
    if (length <= LongHeads.EACH) {
      return true;
    }
    boolean room = heads.keep(length);
    kept += room ? length : 0;
    return room;
  }

  private static long length(HttpRequest request) {
    int fields = HeadFault.count(request.headers());
    long length = request.uri().length() + (long) LongHeads.FIELD * Math.max(0, fields - USUAL);
    for (Map.Entry<String, String> header : request.headers()) {
      length += header.getKey().length() + header.getValue().length();
    }
    return length;
  }

  private void giveBack() {
    heads.release(kept);
    kept = 0;
  }

  /** There is no room for the head that is coming. */
  @SuppressWarnings("FutureReturnValueIgnored") // one that is closed already is
  void refuse(ChannelHandlerContext context) {
    over = true;
    context.close();
  }

  /** The connection is closed, or goes on as HTTP/2. */
  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    pipelined.end();
    giveBack();
  }

  private static HttpRequest inPlaceOf(HttpRequest request, ApiException fault) {
    HeadersMultiMap headers = HeadersMultiMap.httpHeaders();
    headers.set(HttpHeaderNames.HOST, "localhost"); // without one it would be refused for that
    String id = request.headers().get(Headers.REQUEST_ID);
    if (id != null) {
      headers.set(Headers.REQUEST_ID, id);
    }
    HttpRequest refused =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, request.method(), "/", headers);
    refused.setDecoderResult(new Refused(fault));
    return refused;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // one that is closed already is
  private void brokenBody(ChannelHandlerContext context, HttpContent content) {
    over = true;
    content.release();
    current.setDecoderResult(
        new Refused(
            new ApiException(
                ErrorCode.INVALID_BODY, "A chunk of the body, or what is behind it, is none.")));
    context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    if (unanswered == 0) {
      context.close();
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored")
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (!isInterim(message)) {
      if (message instanceof HttpResponse response) {
        announce(response);
      }
      if (message instanceof LastHttpContent) {
        unanswered--;
        pipelined.answered();
        if (unanswered == 0 && kept > 0) {
          giveBack();
        }
      }
    }
    context.write(message, promise);
  }

  /** Whether it is one before the answer, as 100 is. */
  public static boolean isInterim(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  private void announce(HttpResponse response) {
    if (over && unanswered == 1) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    if (response.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      boolean stays =
          response.headers().contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE, true)
              && HttpUtil.isContentLengthSet(response);
      if (!stays) {
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      }
      response.setProtocolVersion(HttpVersion.HTTP_1_1);
    }
  }
}
