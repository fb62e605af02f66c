package dev.ringlet.local;

/**
 * Where a node is in its cluster.
 *
 * @param name of the directory with its data and logs
 * @param address of the loopback network
 * @param seeds the nodes to ask for the others, {@code address:storagePort} with commas
 * @param nodes how many there are in all
 * @param token where its part of the ring ends
 * @param settings more of cassandra.yaml; of a setting that is there twice, the last one counts
 */
record CassandraPlace(
    String name,
    String address,
    int port,
    int storagePort,
    String seeds,
    int nodes,
    long token,
    String settings) {

  /** A cluster of one. */
  static CassandraPlace alone(String name, int port, int storagePort, String settings) {
    String address = "127.0.0.1";
    return new CassandraPlace(
        name, address, port, storagePort, address + ":" + storagePort, 1, 0, settings);
  }
}
