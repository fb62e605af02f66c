package dev.ringlet.feature;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class OriginsIT extends OriginsTest {}
