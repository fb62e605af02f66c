package dev.ringlet.encode;

import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.ringlet.cql.Page;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.plan.Projection;
import dev.ringlet.value.Codec;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.CqlType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The members of a page's rows, and their values. What {@code select} adds to what Cassandra has
 * sent, by columns that come again and long names, is counted: it would else be as large as it
 * likes.
 */
final class Members {
  /**
   * @param again whether another one has the same value
   */
  record Member(SerializableString name, int position, boolean again, CqlType type, Codec codec) {}

  private final List<Member> all = new ArrayList<>();
  private long left;

  private Members(long left) {
    this.left = left;
  }

  static Members of(Page page) {
    Projection projection = page.projection();
    Members members = new Members(projection.maxAdded());
    for (Projection.Member member : projection.members(page.columns())) {
      CqlType type = CqlType.of(page.columns().get(member.position()).getType());
      SerializableString name = new SerializedString(member.name());
      members.all.add(new Member(name, member.position(), member.again(), type, Codecs.of(type)));
    }
    return members;
  }

  List<Member> all() {
    return all;
  }

  /**
   * @return the bytes of the value, or null
   * @throws ApiException {@link ErrorCode#LIMIT_EXCEEDED}
   */
  ByteBuffer value(Row row, Member member) {
    ByteBuffer value = row.getBytesUnsafe(member.position());
    if (member.again() && value != null) {
      add(value.remaining());
    }
    return value;
  }

  /**
   * So many bytes more that Cassandra has not sent.
   *
   * @throws ApiException {@link ErrorCode#LIMIT_EXCEEDED}
   */
  void add(int bytes) {
    left -= bytes;
    if (left < 0) {
      throw new ApiException(
              ErrorCode.LIMIT_EXCEEDED,
              "Columns that come again and the names in select make the answer too large:"
                  + " ask for fewer rows.")
          .with("parameter", "select")
          .with("limit", "ringlet.select.max-bytes");
    }
  }
}
