package db

import models.{Wire, Subjects}

class Spec {
  val text = "A goose"
}
