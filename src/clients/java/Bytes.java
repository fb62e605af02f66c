import java.util.Arrays;
import java.util.Base64;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.DigestsApi;
import org.openapitools.client.model.DigestsRow;

/** Reads a row by a key of bytes: base64 in the path, and bytes in the row. */
class Bytes {
  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(arguments[0]);
    byte[] hash = {(byte) 0xfb, (byte) 0xff, (byte) 0xfe, 0};
    String text = Base64.getEncoder().encodeToString(hash); // with + and / and =
    DigestsRow row = new DigestsApi(client).readDigestsRow(text, null, null, null, null, null);
    if (!row.getName().equals("a key of bytes") || !Arrays.equals(hash, row.getHash())) {
      throw new AssertionError(row);
    }
  }
}
