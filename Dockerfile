# The bridge in an image: docker build --tag qlik-identity-bridge .
#
# Stages: the jar is built; an ahead-of-time cache is made by a start on a PostgreSQL that exists for that start alone; the last
# stage has a Java runtime, the bridge and the cache. Any runtime image with Java 25, initdb's package and useradd will do:
# --build-arg RUNTIME=… (the cache fits the Java that made it, so both stages use the same).
#
# A tag can be moved to another image. Who builds for production names what was looked at, by its digest, as
# docker buildx imagetools inspect eclipse-temurin:25-jre shows it: --build-arg RUNTIME=eclipse-temurin:25-jre@sha256:…, the same
# for BUILD. None is named here: digests differ with each rebuild of the base for a fixed flaw.
ARG BUILD=eclipse-temurin:25-jdk
ARG RUNTIME=eclipse-temurin:25-jre

FROM ${BUILD} AS build
WORKDIR /src
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY db db
COPY src src
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -q package -Pimage -DskipTests -Dspotless.check.skip \
    && cp target/qlik-identity-bridge-*.jar /bridge.jar

# what the profile "demo" of docker-compose.yml runs beside the bridge
FROM build AS demo-tenant
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -q dependency:copy-dependencies -DincludeScope=test -DoutputDirectory=/demo/lib \
    && cp -r target/classes target/test-classes /demo/
USER 10001:10001
EXPOSE 8090
ENTRYPOINT ["java", "-Xmx128m", "-cp", "/demo/test-classes:/demo/classes:/demo/lib/*", "io.qlikbridge.TestBridgeApplication", "tenant"]

FROM ${RUNTIME} AS cache
RUN apt-get update && apt-get install -y --no-install-recommends postgresql && rm -rf /var/lib/apt/lists/*
COPY bin/make-aot-cache /usr/local/bin/
COPY --from=build /bridge.jar /bridge.jar
RUN MANAGEMENT_SERVER_PORT=0 make-aot-cache /bridge.jar /opt/bridge

FROM ${RUNTIME}
RUN groupadd --gid 10001 bridge && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin bridge
# from what changes least to what changes most: libraries, the bridge, the cache
COPY bin/start-bridge /opt/bridge/start
COPY --from=cache /opt/bridge/lib /opt/bridge/lib
COPY --from=cache /opt/bridge/bridge.jar /opt/bridge/
COPY --from=cache /opt/bridge/bridge.aot /opt/bridge/bridge.options /opt/bridge/
USER 10001:10001
WORKDIR /opt/bridge
ENV MANAGEMENT_SERVER_PORT=8081
EXPOSE 8080 8081
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=3 \
    CMD ["java", "-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", "/opt/bridge/bridge.jar", "io.qlikbridge.HealthCheck"]
ENTRYPOINT ["/opt/bridge/start"]
