package dev.ringlet.plan;

import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.request.Expression;
import dev.ringlet.request.Selector;
import dev.ringlet.row.Fragment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a read fetches, and which members its rows have in the answer. Each thing is fetched once
 * and in alphabetical order, whatever its names in the answer and theirs: so names and order make
 * no other statement.
 *
 * @param fetched what is fetched, with commas
 * @param members of a row of the answer; none: all that is fetched, as the result calls it
 * @param aliases the length of all names in a row that are no columns'
 * @param maxAdded bytes that these, and members that have the same value as others, may add to a
 *     page
 */
public record Projection(Fragment fetched, List<Member> members, int aliases, long maxAdded) {

  /**
   * @param name in the answer
   * @param position in the result
   * @param again whether a member before it has the same position
   */
  public record Member(String name, int position, boolean again) {}

  public Projection {
    members = List.copyOf(members);
  }

  /**
   * @param maxAdded bytes
   * @throws ApiException {@link ErrorCode#UNKNOWN_COLUMN}, {@link ErrorCode#INVALID_PARAMETER},
   *     {@link ErrorCode#INVALID_VALUE}
   */
  static Projection of(Selection selection, List<Selector> select, long maxAdded) {
    Set<String> names = new HashSet<>();
    List<Selected> selected = new ArrayList<>();
    for (Selector selector : select) {
      selected.add(selection.of(selector.expression()));
      if (!names.add(selector.name())) {
        throw Selected.refused(
            selector.expression(), "The answer would have the name " + selector.name() + " twice.");
      }
    }
    List<Selected> fetched = selected.stream().distinct().sorted().toList();
    List<Member> members = new ArrayList<>();
    BitSet seen = new BitSet();
    for (int i = 0; i < select.size(); i++) {
      int position = Collections.binarySearch(fetched, selected.get(i));
      members.add(new Member(select.get(i).name(), position, seen.get(position)));
      seen.set(position);
    }
    return new Projection(
        Fragment.join("", ", ", fetched.stream().map(Selected::fragment).toList()),
        members,
        select.stream().mapToInt(Projection::added).sum(),
        maxAdded);
  }

  /** How much longer than a column's its name is. */
  private static int added(Selector selector) {
    boolean column = selector.expression() instanceof Expression.At at && at.place().isColumn();
    return column && selector.alias().isEmpty() ? 0 : selector.name().length();
  }

  /** How many are fetched, however often they come again. */
  int columns() {
    return (int) members.stream().filter(member -> !member.again()).count();
  }

  /** All that is fetched, under its own names. */
  public static Projection all(String cql) {
    return new Projection(Fragment.of(cql), List.of(), 0, 0);
  }

  /** Whether the rows have all columns of the table under their own names. */
  public boolean isWhole() {
    return members.isEmpty();
  }

  /**
   * The members of a row in turn.
   *
   * @param result the columns that the result has: it is its word that counts, not the schema's
   */
  public List<Member> members(ColumnDefinitions result) {
    if (!isWhole()) {
      return members;
    }
    List<Member> all = new ArrayList<>(result.size());
    for (int i = 0; i < result.size(); i++) {
      all.add(new Member(result.get(i).getName().asInternal(), i, false));
    }
    return all;
  }
}
