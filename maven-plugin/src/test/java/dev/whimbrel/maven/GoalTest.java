package dev.whimbrel.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.Options;
import dev.whimbrel.cli.command.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The goals are commands, and every option of the facade is a parameter of those that need it. */
class GoalTest {
  static Stream<RecordComponent> options() {
    return Stream.of(Options.class.getRecordComponents());
  }

  @ParameterizedTest
  @MethodSource("options")
  void handsEveryOptionToTheCommand(RecordComponent option) throws ReflectiveOperationException {
    DatabaseGoal goal = new StatusGoal();
    Field field = DatabaseGoal.class.getDeclaredField(option.getName());
    field.setAccessible(true);
    field.set(goal, "77");
    String dashed =
        option.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    assertThat(goal.own()).containsExactly("--" + dashed + "=77");
    assertThat(Options.names()).contains(dashed);
  }

  @Test
  void everyGoalIsACommandAndTakesEveryOption() throws Exception {
    Map<String, List<String>> goals = goals();
    assertThat(goals.keySet())
        .contains("deploy", "downgrade", "simulate", "status", "upgrade", "verify");
    for (Map.Entry<String, List<String>> goal : goals.entrySet()) {
      assertThat(Commands.NAMES).contains(goal.getKey());
      assertThat(goal.getValue())
          .as(goal.getKey())
          .containsAll(options().map(option -> "${whimbrel." + option.getName() + "}").toList());
    }
  }

  @Test
  void aTargetMayBeginWithADash() throws ReflectiveOperationException {
    TargetGoal goal = new DowngradeGoal();
    Field field = TargetGoal.class.getDeclaredField("target");
    field.setAccessible(true);
    field.set(goal, "-1");
    assertThat(goal.own()).containsExactly("--", "-1");
  }

  /** The parameters' expressions by goal, from the descriptor that Maven reads. */
  private static Map<String, List<String>> goals()
      throws IOException, ParserConfigurationException, SAXException {
    try (InputStream in = Goal.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
      assertThat(in).isNotNull();
      Element root =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
      Map<String, List<String>> goals = new TreeMap<>();
      NodeList mojos = root.getElementsByTagName("mojo");
      for (int i = 0; i < mojos.getLength(); i++) {
        Element mojo = (Element) mojos.item(i);
        NodeList configurations = mojo.getElementsByTagName("configuration");
        Element configuration = (Element) configurations.item(configurations.getLength() - 1);
        NodeList parameters = configuration.getElementsByTagName("*");
        List<String> expressions = new ArrayList<>();
        for (int j = 0; j < parameters.getLength(); j++) {
          expressions.add(parameters.item(j).getTextContent());
        }
        goals.put(mojo.getElementsByTagName("goal").item(0).getTextContent(), expressions);
      }
      goals.remove("help");
      return goals;
    }
  }
}
