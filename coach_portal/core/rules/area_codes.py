"""Which of the North American area codes lie in states with hours of their own for offers, and which elsewhere.

As of November 2026, by the descriptions of prefixes in the `phonenumbers` library. What is a page here would take
twenty megabytes and a second to load there; a test holds the two together.
"""

from functools import lru_cache
from typing import Final

ANOTHER_STATE: Final = "--"
"""A state of the US whose hours are everybody's."""
OUTSIDE: Final = ""
"""Canada, and the islands of the plan."""

_CODES: Final = {
    "AL": "205 251 256 334 659 938",
    "CT": "203 475 860 959",
    "FL": "239 305 321 324 352 386 407 448 561 645 656 689 727 728 754 772 786 813 850 863 904 941 954",
    "KY": "270 364 502 606 859",
    "LA": "225 318 337 504 985",
    "MA": "339 351 413 508 617 774 781 857 978",
    "MD": "227 240 301 410 443 667",
    "MI": "231 248 269 313 517 586 616 734 810 906 947 989",
    "MN": "218 320 507 612 651 763 952",
    "MS": "228 601 662 769",
    "NJ": "201 551 609 640 732 848 856 862 908 973",
    "NM": "505 575",
    "NV": "702 725 775",
    "OK": "405 539 572 580 918",
    "OR": "458 503 541 971",
    "RI": "401",
    "TX": (
        "210 214 254 281 325 346 361 409 430 432 469 512 682 713 726 737 806 817 830 832 903 915 936 940 945 "
        "956 972 979"
    ),
    "WA": "206 253 360 425 509 564",
    ANOTHER_STATE: (
        "202 207 208 209 212 213 215 216 217 219 220 223 224 229 234 235 252 260 262 267 272 274 276 279 283 "
        "302 303 304 307 308 309 310 312 314 315 316 317 319 323 326 327 329 330 331 332 336 341 347 350 353 "
        "363 369 380 385 402 404 406 408 412 414 415 417 419 423 424 434 435 440 442 445 447 463 464 470 472 "
        "478 479 480 484 501 510 513 515 516 518 520 530 531 534 540 557 559 562 563 567 570 571 573 574 582 "
        "585 602 603 605 607 608 610 614 615 618 619 620 623 626 628 629 630 631 636 641 646 650 657 660 661 "
        "669 678 680 681 686 701 703 704 706 707 708 712 714 715 716 717 718 719 720 724 730 731 738 740 743 "
        "747 748 757 760 762 765 770 771 773 779 785 801 802 803 804 805 808 812 814 815 816 818 820 821 826 "
        "828 831 835 838 839 840 843 845 847 854 858 864 865 870 872 878 901 907 909 910 912 913 914 916 917 "
        "919 920 925 928 929 930 931 934 937 943 948 949 951 970 975 980 983 984 986"
    ),
    OUTSIDE: (
        "204 226 236 242 246 249 250 257 263 264 268 273 284 289 306 340 343 345 354 365 367 368 382 403 416 "
        "418 428 431 437 438 441 450 468 473 474 506 514 519 548 579 581 584 587 600 604 613 622 633 639 647 "
        "649 658 664 670 671 672 683 684 705 709 721 742 753 758 767 778 780 782 784 787 807 809 819 825 829 "
        "849 867 868 869 873 876 879 902 905 939 942"
    ),
}


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    return {code: place for place, codes in _CODES.items() for code in codes.split()}


def state_of(phone: str) -> str | None:
    """Where an E.164 number's area code lies, among states with hours of their own for offers (rules.state_hours).

    Two letters for one of those, ANOTHER_STATE, OUTSIDE, or None where it does not tell: toll-free, personal, new.
    """
    return _table().get(phone[2:5]) if phone.startswith("+1") else OUTSIDE
