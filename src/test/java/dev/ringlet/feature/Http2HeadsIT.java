package dev.ringlet.feature;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class Http2HeadsIT extends Http2HeadsTest {}
