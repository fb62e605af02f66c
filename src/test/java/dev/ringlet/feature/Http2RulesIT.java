package dev.ringlet.feature;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class Http2RulesIT extends Http2RulesTest {}
