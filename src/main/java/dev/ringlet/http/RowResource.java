package dev.ringlet.http;

import dev.ringlet.config.ApiPath;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.Path;

/** What is reached by key: a partition, a slice of one, a row. */
@Path(ApiPath.KEY_SEGMENTS)
@NonBlocking
public class RowResource extends WriteResource {}
