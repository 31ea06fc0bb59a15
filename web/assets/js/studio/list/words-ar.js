// The Arabic of the list editor.
export const arabic = {
  "This file holds more than lists of options: it is edited as text.": "في هذا الملف أكثر من قوائم خيارات، فيُحرَّر نصاً.",
  "Answers keep the value: never change or reuse one that was in force. An option that ends is no longer offered; it stays for old answers.": "تحفظ الإجابات القيمة: لا تغيّر قيمة كانت سارية ولا تستعملها لمعنى آخر. الخيار الذي ينتهي لا يُعرض بعدها ويبقى للإجابات القديمة.",
  "Value": "القيمة",
  "Arabic": "بالعربية",
  "English": "بالإنجليزية",
  "More (name: value)": "غير ذلك (اسم: قيمة)",
  "Offered": "يُعرض",
  "Add an option": "أضف خياراً",
  "Move up": "ارفع",
  "Move down": "أنزل",
  "Remove": "احذف",
};
