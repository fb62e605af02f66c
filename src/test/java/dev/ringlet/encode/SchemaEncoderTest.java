package dev.ringlet.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import dev.ringlet.access.PermittedKeyspace;
import dev.ringlet.access.PermittedTable;
import dev.ringlet.access.Unlimited;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a description shows of a table without some of its columns. */
class SchemaEncoderTest {
  private static final UserDefinedType PAY =
      new UserDefinedTypeBuilder("ks", "pay").withField("gross", DataTypes.INT).build();
  private static final Table WHOLE =
      Tables.table("t")
          .partitionKey("p", DataTypes.TEXT)
          .clusteringDescending("c", DataTypes.INT)
          .regular("name", DataTypes.TEXT)
          .regular("pay", DataTypes.listOf(PAY.copy(true)))
          .index("by_name", "name", "sai")
          .index("by_pay", "values(pay)", "sai")
          .build();

  @Test
  void aColumnThatIsNotVisibleTakesItsIndexesAndTypesWithIt() {
    assertEquals(
        """
        {"keyspace":"ks","tables":[{"table":"t","kind":"table","comment":"","default_time_to_live":0,"columns":[\
        {"column":"p","type":"text","kind":"partition_key"},\
        {"column":"c","type":"int","kind":"clustering"},\
        {"column":"name","type":"text","kind":"regular"}],\
        "primary_key":{"partition_key":["p"],"clustering":["c"]},\
        "clustering_order":{"c":"desc"},\
        "indexes":[{"index":"by_name","target":"name","class":"sai",\
        "operators":["eq"],"functions":[]}],\
        "permissions":["read","create","write","delete","scan"],\
        "links":{"rows":"/api/v1/ks/t"}}],"types":[],\
        "links":{"keyspaces":"/api/v1","openapi":"/api/v1/ks/openapi.json"}}\
        """,
        described(WHOLE.narrowedTo(column -> column.name().equals("name"))));
    String whole = described(WHOLE);
    for (String part :
        List.of(
            "{\"column\":\"pay\",\"type\":\"list<frozen<ks.pay>>\",\"kind\":\"regular\"}",
            "{\"index\":\"by_pay\",\"target\":\"values(pay)\",\"class\":\"sai\","
                + "\"operators\":[\"contains\"],\"functions\":[]}",
            "\"types\":[{\"type\":\"pay\",\"fields\":[{\"field\":\"gross\",\"type\":\"int\"}]}]")) {
      assertEquals(true, whole.contains(part), () -> part + " in " + whole);
    }
  }

  private static String described(Table table) {
    return new String(
        SchemaEncoder.keyspace(
            new PermittedKeyspace(
                "ks", List.of(PermittedTable.of(table, Unlimited.ALL.of(table), true))),
            "/api/v1"),
        StandardCharsets.UTF_8);
  }
}
