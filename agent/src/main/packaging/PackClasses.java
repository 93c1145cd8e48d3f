import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Run by the build, which hands it the agent's jar: puts all classes below {@code inst/} into one
 * entry, a jar itself, with an index. A JVM reads the name of each entry of a jar that it is
 * started with, and thousands of them take it milliseconds; and a class is read from here without
 * asking the jar. {@code dev.tollgate.agent.ClassArchive} reads it, and says how it is built.
 *
 * <p>The jar as it was is left in a second file.
 */
final class PackClasses {
  private static final String FOLDER = "inst/";
  private static final String DATA = FOLDER + "classes.jar";
  private static final String INDEX = FOLDER + "classes.index";
  private static final String SUFFIX = ".class";

  /** Loaded before the program starts: not even deflated. What is rarely needed is. */
  private static final List<String> EARLY =
      List.of("dev/tollgate/", "com/typesafe/", "net/bytebuddy/", "java/lang/");

  /** Long ago, and always the same: builds repeat byte for byte. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0, 2);

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final ZipOutputStream classJar = new ZipOutputStream(data);
  private final TreeMap<String, int[]> places = new TreeMap<>();

  /**
   * @param args the jar, and where it goes as it was
   */
  public static void main(String[] args) throws IOException {
    Path jar = Path.of(args[0]);
    Path before = Path.of(args[1]);
    try (ZipFile file = new ZipFile(jar.toFile())) {
      if (file.getEntry(DATA) != null) {
        return;
      }
    }
    Files.move(jar, before, StandardCopyOption.REPLACE_EXISTING);
    try (ZipFile in = new ZipFile(before.toFile());
        OutputStream out = Files.newOutputStream(jar)) {
      new PackClasses().pack(in, out);
    }
  }

  private void pack(ZipFile in, OutputStream file) throws IOException {
    List<ZipEntry> rest = new ArrayList<>();
    TreeMap<String, ZipEntry> classes = new TreeMap<>();
    in.stream()
        .forEach(
            entry -> {
              String name = entry.getName();
              if (!name.startsWith(FOLDER)) {
                rest.add(entry);
              } else if (name.endsWith(SUFFIX)) {
                classes.put(name.substring(FOLDER.length()), entry);
              } else if (!entry.isDirectory()) {
                rest.add(entry);
              }
            });
    classJar.setLevel(Deflater.BEST_COMPRESSION);
    for (String name : classes.keySet()) {
      add(name, in.getInputStream(classes.get(name)).readAllBytes());
    }
    classJar.close();
    try (ZipOutputStream out = new ZipOutputStream(file)) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      for (ZipEntry entry : rest) {
        ZipEntry copy = new ZipEntry(entry);
        copy.setCompressedSize(-1);
        out.putNextEntry(copy);
        in.getInputStream(entry).transferTo(out);
        out.closeEntry();
      }
      add(out, INDEX, index());
      add(out, DATA, data.toByteArray());
    }
  }

  private void add(String name, byte[] bytes) throws IOException {
    boolean isEarly = EARLY.stream().anyMatch(name::startsWith);
    ZipEntry entry = isEarly ? stored(name, bytes) : new ZipEntry(name);
    entry.setTimeLocal(TIME);
    classJar.putNextEntry(entry);
    int begin = data.size();
    classJar.write(bytes);
    classJar.closeEntry();
    String className = name.substring(0, name.length() - SUFFIX.length()).replace('/', '.');
    places.put(className, new int[] {begin, (int) entry.getCompressedSize(), bytes.length});
  }

  private byte[] index() throws IOException {
    int slots = Integer.highestOneBit(places.size()) * 4;
    int[] table = new int[slots];
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    DataOutputStream record = new DataOutputStream(records);
    int first = Integer.BYTES * (1 + slots);
    for (String name : places.keySet()) {
      int slot = name.hashCode() & (slots - 1);
      while (table[slot] != 0) {
        slot = (slot + 1) & (slots - 1);
      }
      table[slot] = first + record.size();
      byte[] text = name.getBytes(StandardCharsets.ISO_8859_1);
      record.writeInt(text.length);
      record.write(text);
      for (int value : places.get(name)) {
        record.writeInt(value);
      }
    }
    ByteArrayOutputStream index = new ByteArrayOutputStream();
    DataOutputStream head = new DataOutputStream(index);
    head.writeInt(slots);
    for (int place : table) {
      head.writeInt(place);
    }
    records.writeTo(index);
    return index.toByteArray();
  }

  private static void add(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    ZipEntry entry = stored(name, bytes);
    entry.setTimeLocal(TIME);
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }

  private static ZipEntry stored(String name, byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(checksum.getValue());
    return entry;
  }
}
