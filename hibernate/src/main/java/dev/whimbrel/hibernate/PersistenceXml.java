package dev.whimbrel.hibernate;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads {@code META-INF/persistence.xml}. */
final class PersistenceXml {
  static final String RESOURCE = "META-INF/persistence.xml";

  private PersistenceXml() {}

  /**
   * A persistence unit.
   *
   * @param root the class path entry the file is in
   * @param provider the class named as provider; empty if none is
   * @param classesOnly whether only the listed classes belong to it
   */
  record Unit(
      Path root,
      String name,
      String provider,
      List<String> classes,
      List<String> mappingFiles,
      List<String> jarFiles,
      boolean classesOnly,
      Map<String, String> properties) {

    /** Whether Hibernate would take it. */
    boolean isForHibernate() {
      return provider.isEmpty() || provider.contains("ibernate");
    }
  }

  static List<Unit> read(Path root, byte[] xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      Element document = builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
      List<Unit> units = new ArrayList<>();
      for (Element unit : elements(document, "persistence-unit")) {
        units.add(unit(root, unit));
      }
      return units;
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw Problem.of(ErrorCode.E_SOURCE, "hibernate.persistence-xml")
          .with("file", root.resolve(RESOURCE))
          .with("reason", String.valueOf(e.getMessage()))
          .at(Place.of(root.resolve(RESOURCE).toString()))
          .toException(e);
    }
  }

  private static Unit unit(Path root, Element unit) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (Element property : elements(unit, "property")) {
      properties.put(property.getAttribute("name"), property.getAttribute("value"));
    }
    List<String> exclude = texts(unit, "exclude-unlisted-classes");
    boolean classesOnly = !exclude.isEmpty() && !exclude.getFirst().equals("false");
    return new Unit(
        root,
        unit.getAttribute("name"),
        texts(unit, "provider").stream().findFirst().orElse(""),
        texts(unit, "class"),
        texts(unit, "mapping-file"),
        texts(unit, "jar-file"),
        classesOnly,
        properties);
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagNameNS("*", name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static List<String> texts(Element parent, String name) {
    return elements(parent, name).stream().map(each -> each.getTextContent().strip()).toList();
  }
}
