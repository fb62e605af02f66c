package dev.ringlet.k8s;

import java.util.List;
import java.util.stream.Stream;

/**
 * All rules that manifests are held against. Each violation is a sentence that names its document.
 */
record Policy(Application application) {
  List<String> violations(Documents documents) {
    return Stream.of(
            documents.all().stream().flatMap(Kinds::violations),
            documents.pods().flatMap(PodSecurity::violations),
            documents.pods().flatMap(new Containers(application)::violations),
            documents.pods().flatMap(Knative::violations),
            documents.pods().flatMap(Callers::violations),
            new Network(documents, application).violations(),
            new References(documents, application).violations())
        .flatMap(violations -> violations)
        .distinct()
        .sorted()
        .toList();
  }
}
