import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;

/** Prints what swagger-parser says against OpenAPI documents, and then ends with 1. */
class Validate {
  public static void main(String[] documents) {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    boolean valid = true;
    for (String document : documents) {
      SwaggerParseResult parsed = new OpenAPIV3Parser().readLocation(document, null, options);
      parsed.getMessages().forEach(message -> System.out.println(document + ": " + message));
      valid &= parsed.getMessages().isEmpty() && parsed.getOpenAPI() != null;
    }
    System.exit(valid ? 0 : 1);
  }
}
