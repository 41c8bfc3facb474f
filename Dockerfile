# Whimbrel with its own Java runtime, and nothing else.
#
#   docker build -t whimbrel .
#   docker run --rm -v "$PWD:/work" -e DATABASE_URL whimbrel deploy
#
# In the Dockerfile of an application:
#
#   COPY --from=whimbrel /opt/whimbrel /opt/whimbrel
#   ENV PATH="/opt/whimbrel/bin:$PATH"

FROM eclipse-temurin:25-jdk AS build
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends maven git \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN .ci/image /opt/whimbrel

FROM debian:stable-slim
COPY --from=build /opt/whimbrel /opt/whimbrel
RUN useradd --uid 10001 --no-create-home whimbrel
ENV PATH="/opt/whimbrel/bin:$PATH"
USER whimbrel
WORKDIR /work
ENTRYPOINT ["whimbrel"]
CMD ["--help"]
