package io.qlikbridge.userimport;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.StoreTest;
import io.qlikbridge.userimport.ImportPreview.Change;
import io.qlikbridge.userimport.ImportPreview.Difference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What an import is told to change before it does, and whether it is that which is done. */
@StoreTest
class ImportPreviewTests {

    @Autowired
    private UserImport users;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    void start() {
        jdbc.execute("truncate local_user, connection cascade");
        for (String id : List.of("main", "other")) {
            jdbc.update("""
                    insert into connection (id, version, type, host, issuer, api_key_expiry, subjects, subject_template,
                        created_at, updated_at)
                    values (?, 0, 'QLIK_CLOUD', 'https://t.qlikcloud.com', 'i', 'P1D', 'DEFAULT', '{username}', now(), now())
                    """, id);
        }
    }

    @Test
    void previewTellsWhoIsAddedAndWhatChangesAndKeepsNothing() throws IOException {
        users.take(csv("""
                username,name,email,emailVerified,groups,enabled,subject:main,subject:other
                ada,Ada,ada@example.org,true,Finance,true,a|1,o|1
                same,Same,,,,,,
                """), false);

        ImportPreview preview = users.preview(csv("""
                username,name,email,groups,enabled,subject:main
                new,"=1+1 ""<b>""\",new@example.org,Sales;Board,,n|1
                same,Same,,,,
                ada,Ada L.,ada@example.net,Finance;Board,false,a|2
                """), null);

        assertThat(preview.answer()).isEqualTo(new ImportAnswer(1, 1, 1, List.of()));
        assertThat(preview.changes())
                .containsExactly(
                        new Change(
                                2,
                                "new",
                                true,
                                List.of(
                                        new Difference("name", null, "=1+1 \"<b>\""),
                                        new Difference("email", null, "new@example.org"),
                                        new Difference("groups", null, "Sales; Board"),
                                        new Difference("enabled", null, "true"),
                                        new Difference("subject:main", null, "n|1"))),
                        new Change(
                                4,
                                "ada",
                                false,
                                List.of(
                                        new Difference("name", "Ada", "Ada L."),
                                        new Difference("email", "ada@example.org", "ada@example.net"),
                                        new Difference("emailVerified", "true", "false"),
                                        new Difference("groups", "Finance", "Finance; Board"),
                                        new Difference("enabled", "true", "false"),
                                        new Difference("subject:main", "a|1", "a|2"))));
        assertThat(names()).containsExactly("Ada", "Same");
    }

    @Test
    void previewWhenAColumnOfSubjectsIsEmptyTellsWhatIsTakenAway() throws IOException {
        users.take(csv("username,subject:main,subject:other\nada,a,o\n"), false);

        ImportPreview preview = users.preview(csv("username,subject:main\nada,\n"), null);

        assertThat(preview.changes()).hasSize(1);
        assertThat(preview.changes().getFirst().differences())
                .containsExactly(new Difference("subject:main", "a", null));
    }

    @Test
    void previewWhenManyChangeTellsOfTheFirst() throws IOException {
        ImportPreview preview = users.preview(
                new GeneratedLines("username\n", number -> "user-" + (10_000 + number) + "\n", 5_000), null);

        assertThat(preview.answer().created()).isEqualTo(5_000);
        assertThat(preview.changes()).hasSize(ImportPreview.MOST);
        assertThat(preview.changes().getLast().line()).isEqualTo(ImportPreview.MOST + 1);
    }

    @Test
    void previewWhenListsAreLongTellsWhatDiffersOfThem() throws IOException {
        String many =
                IntStream.range(0, 900).mapToObj(number -> "group-" + number).collect(Collectors.joining(";"));
        users.take(csv("username,groups\nada," + many + ";Last\n"), false);

        ImportPreview preview = users.preview(csv("username,groups\nada," + many + ";Other\n"), null);

        assertThat(preview.changes().getFirst().differences())
                .containsExactly(new Difference("groups", "…; Last", "…; Other"));

        String reversed = IntStream.range(0, 900)
                .mapToObj(number -> "group-" + (899 - number))
                .collect(Collectors.joining(";"));
        preview = users.preview(csv("username,groups\nada," + reversed + ";Last\n"), null);
        assertThat(preview.changes().getFirst().differences().getFirst().to())
                .hasSizeBetween(300, 310)
                .endsWith("…");
    }

    @Test
    void previewWhenLinesAreWrongNamesThemAndHasNoDigest() throws IOException {
        ImportPreview preview =
                users.preview(csv("username,email\nada,nowhere\nbob,bob@example.org\n,x@example.org\n"), null);

        assertThat(preview.answer().errors()).extracting(ImportError::line).containsExactly(2L, 4L);
        assertThat(preview.changes()).isEmpty();
        assertThat(preview.digest()).isEmpty();
        assertThat(users.takeAsSeen(csv("username,email\nada,nowhere\n"), null, "")
                        .kept())
                .isFalse();
    }

    @Test
    void takeAsSeenWhenNothingHasChangedKeepsAll() throws IOException {
        String file = "username,name\nada,Ada\nbob,Bob\n";
        String seen = users.preview(csv(file), null).digest();

        ImportPreview done = users.takeAsSeen(csv(file), null, seen);

        assertThat(done.kept()).isTrue();
        assertThat(done.answer().created()).isEqualTo(2);
        assertThat(names()).containsExactly("Ada", "Bob");
    }

    @Test
    void takeAsSeenWhenAUserHasChangedMeanwhileKeepsNothingAndTellsWhatWouldChangeNow() throws IOException {
        users.take(csv("username,name\nada,Ada\nbob,Bob\n"), false);
        String file = "username,name\nada,Ada L.\nbob,Bob\n";
        String seen = users.preview(csv(file), null).digest();
        users.take(csv("username,name\nbob,Robert\n"), false);

        ImportPreview refused = users.takeAsSeen(csv(file), null, seen);

        assertThat(refused.kept()).isFalse();
        assertThat(refused.changes()).extracting(Change::username).containsExactly("ada", "bob");
        assertThat(names()).containsExactly("Ada", "Robert");
        assertThat(users.takeAsSeen(csv(file), null, refused.digest()).kept()).isTrue();
        assertThat(names()).containsExactly("Ada L.", "Bob");
    }

    private List<String> names() {
        return jdbc.queryForList("select name from local_user order by username", String.class);
    }

    private static InputStream csv(String file) {
        return new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
    }
}
