package dev.ringlet.bench;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.HashMap;
import java.util.Map;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * The bytes of the objects that the threads of another JVM make. Unlike time, what neighbours do
 * does not change them.
 */
final class AllocatedBytes implements AutoCloseable {
  /** Whatever answers these questions makes objects, too. */
  private static final String OWN_THREADS = "(RMI|JMX) .*";

  private final JMXConnector connector;
  private final ThreadMXBean threads;
  private Map<Long, Long> before;

  /** Counts from now on. */
  @SuppressWarnings("BanJNDI") // of a process of our own
  AllocatedBytes(long pid) throws IOException {
    connector = JMXConnectorFactory.connect(new JMXServiceURL(agent(pid)));
    threads =
        ManagementFactory.newPlatformMXBeanProxy(
            connector.getMBeanServerConnection(),
            ManagementFactory.THREAD_MXBEAN_NAME,
            ThreadMXBean.class);
    before = byThread();
  }

  private static String agent(long pid) throws IOException {
    try {
      VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
      try {
        return jvm.startLocalManagementAgent();
      } finally {
        jvm.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException(e);
    }
  }

  /** Those since the last time; of threads that have ended meanwhile, none. */
  long next() {
    Map<Long, Long> now = byThread();
    long bytes = 0;
    for (Map.Entry<Long, Long> thread : now.entrySet()) {
      bytes += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
    }
    before = now;
    return bytes;
  }

  private Map<Long, Long> byThread() {
    Map<Long, Long> bytes = new HashMap<>();
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && !thread.getThreadName().matches(OWN_THREADS)) {
        long id = thread.getThreadId();
        bytes.put(id, Math.max(threads.getThreadAllocatedBytes(id), 0)); // -1 if it has ended
      }
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
