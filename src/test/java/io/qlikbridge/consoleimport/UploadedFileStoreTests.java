package io.qlikbridge.consoleimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.StoreTest;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Uploaded files as every replica finds them. */
@StoreTest
class UploadedFileStoreTests {

    private static final String ADA = "client:ada";

    private final UUID id = UUID.randomUUID();

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private JsonMapper json;

    private UploadedFileStore store;

    @BeforeEach
    void start() {
        jdbc.sql("delete from import_file").update();
        store = new UploadedFileStore(jdbc, json);
        store.begin(id, ADA, "users.csv", null);
    }

    @Test
    void readWhenAFileHasPartsReadsThemInTheirOrder() throws IOException {
        assertThat(store.append(id, 0, new byte[] {1, 2, 3})).isTrue();
        assertThat(store.append(id, 1, new byte[] {-1})).isTrue();

        UploadedFile file = store.find(id, ADA).orElseThrow();
        UploadedFileInput input = new UploadedFileInput(store, id, file.size());

        assertThat(input.readAllBytes()).containsExactly(1, 2, 3, -1);
        assertThat(input.bytesRead()).isEqualTo(4);
        assertThat(input.read()).isEqualTo(-1);
    }

    @Test
    void readWhenTheFileIsDeletedMeanwhileDoesNotTakeItsBeginningForTheWhole() throws IOException {
        store.append(id, 0, new byte[] {1});
        store.append(id, 1, new byte[] {2});
        UploadedFileInput input = new UploadedFileInput(store, id, 2);
        assertThat(input.read()).isEqualTo(1);

        store.delete(id);

        assertThatExceptionOfType(IOException.class).isThrownBy(input::read).withMessageContaining("deleted");
    }

    @Test
    void beginWhenTheOwnerHasAnotherFileForgetsThatAlone() {
        UUID others = UUID.randomUUID();
        UUID next = UUID.randomUUID();
        store.begin(others, "client:bob", "b.csv", null);

        store.begin(next, ADA, "next.csv", "windows-1252");

        assertThat(store.find(id, ADA)).isEmpty();
        assertThat(store.append(id, 0, new byte[] {1})).isFalse();
        assertThat(store.find(others, "client:bob")).isPresent();
        assertThat(store.find(next, ADA).orElseThrow().encoding()).hasToString("windows-1252");
        assertThat(store.find(next, "client:bob")).isEmpty();
    }

    @Test
    void checkWhenOneIsUnderWayIsNotBegunUntilThatIsSilent() {
        int first = store.check(id).orElseThrow();
        assertThat(store.check(id)).isEmpty();
        assertThat(store.take(id)).isEmpty();
        assertThat(store.find(id, ADA).orElseThrow().isUnderWay()).isTrue();

        jdbc.sql("update import_file set beat_at = now() - interval '1 minute'").update();
        assertThat(store.find(id, ADA).orElseThrow().isStopped()).isTrue();
        int second = store.check(id).orElseThrow();

        store.failed(id, first, "of the one that was taken for dead");
        assertThat(store.find(id, ADA).orElseThrow().isUnderWay()).isTrue();
        store.beat(id, second, 7);
        assertThat(store.find(id, ADA).orElseThrow().read()).isEqualTo(7);
        store.failed(id, second, "why");
        assertThat(store.find(id, ADA).orElseThrow().failure()).isEqualTo("why");
        assertThat(store.check(id)).isPresent();
    }

    @Test
    void expireForgetsWhatIsOlderThanAnHourWithAllItsParts() {
        store.append(id, 0, new byte[] {1});
        assertThat(store.expire()).isZero();

        jdbc.sql("update import_file set created_at = now() - interval '61 minutes'")
                .update();

        assertThat(store.expire()).isOne();
        assertThat(jdbc.sql("select count(*) from import_file_part")
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
