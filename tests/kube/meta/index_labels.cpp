/// \file
/// Labels by which the pods of one set are numbered or named.

#include "../vocabulary.hpp"

#include <berth/kube/meta/index_labels.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("labels that number or name the pods of a set are told from others") {
    for (auto const key : {kube::pod_name_label, kube::pod_index_label, kube::completion_index_key})
        CHECK(kube::is_index_label(key));
    CHECK_FALSE(kube::is_index_label("app"));
    CHECK_FALSE(kube::is_index_label("batch.kubernetes.io/job-name"));
}

TEST_CASE("a selector asks for such labels in whatever way it names one") {
    auto const asks = [](std::string_view text) {
        return kube::names_index_label(object::selector::parse(text).value());
    };
    CHECK(asks("app=web,apps.kubernetes.io/pod-index=0"));
    CHECK(asks("!batch.kubernetes.io/job-completion-index"));
    CHECK(asks("statefulset.kubernetes.io/pod-name notin (a,b)"));
    CHECK_FALSE(asks("app=web,tier in (a,b)"));
    CHECK_FALSE(asks(""));
    CHECK_FALSE(kube::names_index_label(object::selector::nothing()));
}
