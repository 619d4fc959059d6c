/// \file
/// What etcd's refusals mean, and what may be done about them.

#include <berth/store/etcd/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using namespace berth::store::detail;
using enum error_code;

TEST_CASE("what etcd lost sight of may have been done") {
    for (auto const* words :
         {"etcdserver: request timed out", "etcdserver: leader changed", "etcdserver: server stopped"}) {
        CHECK(meaning_of(14, words).why.code == timeout);
        CHECK(meaning_of(14, words).then == remedy::unknown);
    }
}

TEST_CASE("what was not done may be tried elsewhere, or with a new token") {
    CHECK(meaning_of(14, "etcdserver: no leader").then == remedy::elsewhere);
    CHECK(meaning_of(16, "etcdserver: invalid auth token").then == remedy::authenticate);
    CHECK(meaning_of(3, "etcdserver: revision of auth store is old").then == remedy::authenticate);
    CHECK(meaning_of(3, "etcdserver: authentication failed, invalid user ID or password").then ==
          remedy::none);
}

TEST_CASE("words count for more than codes, and codes where there are none") {
    CHECK(meaning_of(11, "etcdserver: mvcc: required revision has been compacted").why.code == expired);
    CHECK(meaning_of(11, "etcdserver: out of range").why.code == bad_request);
    CHECK(meaning_of(8, "").why.code == too_many_requests);
    CHECK(meaning_of(8, "etcdserver: mvcc: database space exceeded").why.code == unavailable);
    CHECK(meaning_of(99, "new").why.code == internal);
    CHECK(meaning_of(12, "unknown service").then == remedy::none);
}
