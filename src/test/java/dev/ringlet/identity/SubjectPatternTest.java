package dev.ringlet.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ringlet.local.TestCertificates;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectPatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CN=client                          | CN=client                          | true
          CN=client                          | CN=client2                         | false
          CN=client                          | CN=Client                          | false
          CN=client                          | CN=client,O=evil                   | false
          CN=client                          | O=evil,CN=client                   | false
          CN=*,O=shop                        | CN=client,O=shop                   | true
          CN=*,O=shop                        | CN=,O=shop                         | true
          CN=*,O=shop                        | CN=a,OU=b,O=shop                   | false
          CN=*,O=shop                        | CN=a+OU=b,O=shop                   | false
          CN=*,O=shop                        | CN=a\\,O\\=shop,O=evil             | false
          CN=*                               | CN=a\\,O\\=shop                    | false
          CN=*                               | CN=admin\\00.evil                  | false
          CN=*                               | CN=a=b                             | false
          CN=a\\,b                           | CN=a\\,b                           | true
          CN=client-*                        | CN=client-7                        | true
          CN=client-*                        | CN=client-7/8                      | false
          CN=c.ient                          | CN=client                          | false
          *.shop.example.com                 | a.shop.example.com                 | true
          *.shop.example.com                 | a.shop.example.com.evil.com        | false
          *.shop.example.com                 | shop.example.com                   | false
          spiffe://cluster/ns/*/sa/orders    | spiffe://cluster/ns/shop/sa/orders | true
          spiffe://cluster/ns/*/sa/orders    | spiffe://cluster/ns/a/b/sa/orders  | false
          ann@*                              | ann@example.com                    | true
          \\Qa                               | \\Qa                               | true
          """)
  void matchesWholeNamesOnly(String pattern, String name, boolean matches) {
    assertEquals(
        matches,
        SubjectPattern.of(pattern.replace("\\\\", "\\")).matches(name.replace("\\\\", "\\")));
  }

  @ParameterizedTest
  @CsvSource({"0", "10", "13", "127"})
  void doesNotMatchControlCharacters(int character) {
    assertFalse(SubjectPattern.of("CN=*").matches("CN=admin" + (char) character + "evil"));
  }

  /**
   * As they are in certificates: the most special attribute first, and without spaces. Those that
   * RFC 2253 has no name for are numbers, with their values as DER.
   */
  @Test
  void namesAreTheSubjectAndItsAlternatives(@TempDir Path directory) {
    TestCertificates certificates = TestCertificates.make(directory);
    certificates.add(
        "named",
        "CN=orders, OU=a\\,b, O=Shop",
        "-ext",
        "san=dns:orders.example.com,uri:spiffe://cluster/ns/shop,email:ann@example.com,ip:10.0.0.1");
    certificates.add("odd", "CN=J\\C3\\BCrgen, SERIALNUMBER=7, EMAILADDRESS=a@b.c, DC=x, UID=y");
    assertEquals(
        List.of("CN=Jürgen,2.5.4.5=#130137,1.2.840.113549.1.9.1=#16056140622e63,DC=x,UID=y"),
        ClientCertificates.names(certificates.certificate("odd")));
    certificates.add("nul", "CN=admin\\00.evil.com");
    assertEquals(
        List.of(
            "CN=orders,OU=a\\,b,O=Shop",
            "orders.example.com",
            "spiffe://cluster/ns/shop",
            "ann@example.com"),
        ClientCertificates.names(certificates.certificate("named")));
    List<String> nul = ClientCertificates.names(certificates.certificate("nul"));
    assertEquals(List.of("CN=admin\\00.evil.com"), nul);
    assertFalse(SubjectPattern.of("CN=admin*").matches(nul.get(0)));
  }
}
