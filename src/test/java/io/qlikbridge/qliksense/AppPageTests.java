package io.qlikbridge.qliksense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.paging.Page;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.tenant.App;
import io.qlikbridge.tenant.AppQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppPageTests {

    private static final List<App> APPS = List.of(
            app("1", "beta", "2026-01-03T00:00:00Z", "2026-05-01T00:00:00Z", "sales"),
            app("2", "Alpha", "2026-01-01T00:00:00Z", null, null),
            app("3", "alpha", "2026-01-02T00:00:00Z", "2026-04-01T00:00:00Z", "sales"),
            app("4", "Gamma ray", null, "2026-06-01T00:00:00Z", "stock"));

    @Test
    void pageIsSortedByNameWithoutCaseAndThenById() {
        assertThat(ids(page(query(null, null, null, 10, null)))).containsExactly("2", "3", "1", "4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name:2314",
                "-name:4132",
                "createdAt:4231",
                "-createdAt:1324",
                "updatedAt:2314",
                "-updatedAt:4132",
                "recentlyUsed:2314",
                "-recentlyUsed:4132"
            })
    void pageIsSortedAsAsked(String expectation) {
        String[] parts = expectation.split(":");

        assertThat(String.join("", ids(page(query(null, null, parts[0], 10, null)))))
                .isEqualTo(parts[1]);
    }

    @Test
    void pageHoldsWhatIsAskedFor() {
        assertThat(ids(page(query("ALPHA", null, null, 10, null)))).containsExactly("2", "3");
        assertThat(ids(page(query("a r", null, null, 10, null)))).containsExactly("4");
        assertThat(ids(page(query(null, "SALES", null, 10, null)))).containsExactly("3", "1");
        assertThat(ids(page(query(null, "personal", null, 10, null)))).containsExactly("2");
        assertThat(ids(page(new AppQuery(null, null, "*", null, 10, null)))).hasSize(4);
        assertThat(ids(page(new AppQuery(null, null, "dataflow-prep", null, 10, null))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "-name", "createdAt", "-updatedAt", "recentlyUsed"})
    void pagesWhateverTheOrderOfTheSiteShowEachAppOnce(String sort) {
        List<App> many = new ArrayList<>();
        Random random = new Random(7);
        for (int number = 0; number < 1_000; number++) {
            Instant created = random.nextInt(5) == 0 ? null : Instant.ofEpochSecond(random.nextInt(50));
            many.add(app("id-" + number, "App " + random.nextInt(100), created, created, null));
        }
        List<String> seen = new ArrayList<>();
        String after = null;
        do {
            Collections.shuffle(many, random);
            AppPage page = AppPage.of(query(null, null, sort, 37, after));
            many.forEach(page::add);
            seen.addAll(ids(page.page()));
            after = page.page().next();
        } while (after != null);

        assertThat(seen).hasSize(1_000).doesNotHaveDuplicates();
    }

    @Test
    void pageBehindACursorIsNotChangedByWhatCameBeforeIt() {
        Page<App> first = page(query(null, null, null, 2, null));
        AppPage second = AppPage.of(query(null, null, null, 2, first.next()));
        second.add(app("0", "aaa", (Instant) null, null, null));
        APPS.stream().filter(app -> !app.id().equals("2")).forEach(second::add);

        assertThat(ids(second.page())).containsExactly("1", "4");
        assertThat(second.page().next()).isNull();
    }

    @Test
    void cursorOfAnotherListIsRefused() {
        String cursor = page(query(null, null, "name", 2, null)).next();

        for (String wrong : new String[] {"nonsense", "!!", "", cursor}) {
            assertThatExceptionOfType(BridgeException.class)
                    .isThrownBy(() -> AppPage.of(query(null, null, "createdAt", 2, wrong)))
                    .withMessageContaining("after");
        }
    }

    private static Page<App> page(AppQuery query) {
        AppPage page = AppPage.of(query);
        APPS.forEach(page::add);
        return page.page();
    }

    private static List<String> ids(Page<App> page) {
        return page.items().stream().map(App::id).toList();
    }

    private static AppQuery query(
            @Nullable String name, @Nullable String space, @Nullable String sort, int limit, @Nullable String after) {
        return new AppQuery(name, space, null, sort, limit, after);
    }

    private static App app(
            String id, String name, @Nullable String created, @Nullable String updated, @Nullable String stream) {
        return app(
                id,
                name,
                created == null ? null : Instant.parse(created),
                updated == null ? null : Instant.parse(updated),
                stream);
    }

    private static App app(
            String id, String name, @Nullable Instant created, @Nullable Instant updated, @Nullable String stream) {
        return new App(id, null, name, "", stream, null, null, created, updated, null, null, null);
    }
}
