package dev.tollgate.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A list of texts, or one text with commas. What is there twice counts once. */
final class TextList extends ValueType<List<String>> {
  private final TextType<String> item;
  private final String least;

  /**
   * A type.
   *
   * @param item what each is
   * @param least what to say of a list that is empty; itself empty where it may be
   */
  TextList(String name, String expected, TextType<String> item, String least) {
    super(name, expected);
    this.item = item;
    this.least = least;
  }

  @Override
  List<String> read(Entry entry) {
    Set<String> texts = new LinkedHashSet<>();
    for (Entry text : items(entry)) {
      texts.add(item.read(text));
    }
    if (texts.isEmpty() && !least.isEmpty()) {
      throw entry.error("is empty; " + least);
    }
    return List.copyOf(texts);
  }

  private List<Entry> items(Entry entry) {
    if (entry.node() instanceof Node.Scalar scalar) {
      return split(entry, scalar);
    }
    List<Entry> items = ListItems.of(entry);
    if (items == null) {
      throw entry.mustBe(expected());
    }
    return items;
  }

  private static List<Entry> split(Entry entry, Node.Scalar scalar) {
    List<Entry> items = new ArrayList<>();
    String text = scalar.text();
    int begin = 0;
    while (begin <= text.length() && !text.isBlank()) {
      int comma = text.indexOf(',', begin);
      int end = comma < 0 ? text.length() : comma;
      Node part = new Node.Scalar(text.substring(begin, end), scalar.origin());
      items.add(new Entry(ListItems.path(entry, items.size()), part));
      begin = end + 1;
    }
    return items;
  }
}
