package dev.whimbrel.acceptance.gate;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteGateTest extends GateScenarios {
  @TempDir Path database;

  @Override
  String url() {
    return "sqlite:" + database.resolve("app.db");
  }
}
