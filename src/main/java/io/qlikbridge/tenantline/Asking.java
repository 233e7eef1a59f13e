package io.qlikbridge.tenantline;

import io.qlikbridge.http1.AnswerHead;
import java.io.IOException;

/** Who has made a call on a {@link TenantLine}, and hears of what comes. */
public interface Asking {

    /** The answer begins. */
    void answered(AnswerHead head);

    /** A part of its body, without the marks of chunks. The bytes are used again. */
    void body(byte[] bytes, int from, int to);

    /** Nothing more of it is here at once. */
    void paused();

    /** The whole answer is here, and the line free for another call. */
    void ended();

    /**
     * There is no answer, or only a part of it.
     *
     * @param stale whether the connection was kept alive since an earlier call, and nothing came of the answer
     */
    void failed(IOException failure, boolean stale);
}
